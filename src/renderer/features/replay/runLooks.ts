/** Colour and dashes of the recorded fleet and of each candidate, the same in every chart and table of a replay. */
export const runLooks: readonly { readonly slot: number; readonly dash?: string }[] = [
  { slot: 1 },
  { slot: 2, dash: '6 3' },
  { slot: 3 },
  { slot: 4, dash: '2 3' },
  { slot: 5 },
  { slot: 6, dash: '6 3' },
  { slot: 7 },
  { slot: 8, dash: '2 3' },
  { slot: 5, dash: '10 3' },
];
