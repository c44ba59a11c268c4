/* Before anything is painted: the theme and the language that were chosen once, and whether other figures will follow. */
(() => {
	const root = document.documentElement;
	/* This file lies at the top of the site, wherever that is. */
	const top = new URL('.', document.currentScript.src).pathname;
	const path = location.pathname.slice(top.length);
	const english = path === 'en' || path.startsWith('en/');
	/* 404.html is one page for both languages. */
	root.lang = english ? 'en' : 'vi';
	let asked = location.search !== '';
	try {
		const theme = localStorage.getItem('theme');
		if (theme === 'light' || theme === 'dark') root.dataset.theme = theme;
		if (!english && localStorage.getItem('language') === 'en')
			location.replace(`${top}en/${path}${location.search}${location.hash}`);
		if (localStorage.getItem('data') === 'own') asked = true;
	} catch {
		/* Storage may be closed to this page; the defaults then hold. */
	}
	if (asked) root.dataset.asked = '';
})();
