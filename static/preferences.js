/* Before anything is painted: the theme and the language that were chosen once. */
(() => {
	const root = document.documentElement;
	/* This file lies at the top of the site, wherever that is. */
	const top = new URL('.', document.currentScript.src).pathname;
	const path = location.pathname.slice(top.length);
	const english = path === 'en' || path.startsWith('en/');
	/* 404.html is one page for both languages. */
	root.lang = english ? 'en' : 'vi';
	try {
		const theme = localStorage.getItem('theme');
		if (theme === 'light' || theme === 'dark') root.dataset.theme = theme;
		if (!english && localStorage.getItem('language') === 'en')
			location.replace(`${top}en/${path}${location.search}${location.hash}`);
	} catch {
		/* Storage may be closed to this page; the defaults then hold. */
	}
	if (location.search !== '') root.dataset.asked = '';
})();
