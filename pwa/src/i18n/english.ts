/** Chinese → English. The build fills it with what it takes out of the other files; without a build nothing is taken out. */
export const ENGLISH: { readonly [zh: string]: string } = {};
