/** CloudWatch's three alarm states, the same everywhere. */
import { useWords } from '../data/context.ts';
import { Mark } from './Mark.tsx';

export type AlarmStateName = 'OK' | 'ALARM' | 'INSUFFICIENT_DATA';

const looks = {
  ALARM: { tone: 'bad', sign: '■' },
  OK: { tone: 'good', sign: '○' },
  INSUFFICIENT_DATA: { tone: 'quiet', sign: '◌' },
} as const;

export function AlarmMark({ state, title }: { state: AlarmStateName; title?: string }) {
  const { t } = useWords();
  return <Mark {...looks[state]} word={t(`alarm.${state}`)} {...(title === undefined ? {} : { title })} />;
}
