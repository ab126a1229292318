/** A state as a sign of its own shape and a word; the colour only repeats it. */
export type Tone = 'bad' | 'warn' | 'good' | 'info' | 'quiet';

export function Mark({ tone, sign, word, title }: { tone: Tone; sign: string; word: string; title?: string }) {
  return (
    <span className={`mark tone-${tone}`} title={title}>
      <span className="mark-sign" aria-hidden="true">
        {sign}
      </span>
      <span>{word}</span>
    </span>
  );
}
