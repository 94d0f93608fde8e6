/**
 * All visible text. How a feature does it:
 *  1. Its texts stand in `en/<namespace>.ts`, one flat object: `'peek.title': 'What is known'`. Names say where and what, not the words.
 *  2. In a component: `const t = useText();` then `t('queue:peek.title')`; always the whole key, so that it can be found by searching.
 *  3. Values: `'{{name}} claimed this'` and `t('queue:claimedBy', { name })`. A missing one does not compile. Never join texts with `+`.
 *  4. Plurals: `rows_one: '{{count}} row'`, `rows_other: '{{count}} rows'`, and `t('queue:rows', { count })`.
 *  5. Bold parts: `<Rich text={t(…)} />` with `<b>…</b>` in the text. Nothing else may be marked.
 *  6. Tables of labels (columns, views) hold keys of type `LabelKey`; a component turns them into words with `t(key)`.
 *  7. A key made from an id: t(`queue:outcome.${id}`), with `id` typed as the union of the ids, never as string.
 *  8. The router loads a namespace with its page: `withTexts(import('…/queue.page'), 'queue')` in app/router.tsx. `cases` holds what several
 *     pages say about cases and orders, and is always there. A new namespace: a file in `en/`, a line in keys.ts and one in i18n.ts.
 *  9. What came from people or systems (names, order numbers, carrier texts) is not a text of ours: mark it `translate="no"`.
 * 10. Dates, numbers, money, lists: shared/format.ts. `keys.spec.ts` fails on a key that is not used; `?locale=pseudo` shows what is no key.
 */
export { currentLanguage, i18n, intlLocale, label, loadTexts, setLanguage, t, type Language } from './i18n';
export type { LabelKey, Namespace, TextKey, Translate } from './keys';
export { Rich } from './rich';
export { useText } from './use-text';
