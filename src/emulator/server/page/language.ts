/** Which of the page's languages a browser prefers. */

export type PageLanguage = 'en' | 'ko';

/** @param acceptLanguage e.g. `ko-KR,ko;q=0.9,en;q=0.8`; English when it names neither */
export function pageLanguage(acceptLanguage: string | undefined): PageLanguage {
  let best: PageLanguage = 'en';
  let bestWeight = 0;
  for (const range of (acceptLanguage ?? '').toLowerCase().split(',')) {
    const [tag = '', ...parameters] = range.split(';').map((part) => part.trim());
    const language = /^(en|ko)(-|$)/.exec(tag)?.[1] as PageLanguage | undefined;
    const weight = Number(parameters.find((one) => one.startsWith('q='))?.slice(2) ?? 1);
    if (language === undefined || !(weight > bestWeight)) continue;
    best = language;
    bestWeight = weight;
  }
  return best;
}
