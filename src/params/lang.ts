/** The language in a path: English is named, Vietnamese is the default and is not. */
export function match(param: string): param is 'en' {
	return param === 'en';
}
