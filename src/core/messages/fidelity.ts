/**
 * Fidelity's words: why minutes are not compared, in both languages, and how many each reason takes.
 *
 * Found by src/replay/fidelity.ts; defined in docs/rules/replay.md (FID-08 to FID-10).
 */
import type { Message } from './index.ts';

/** In the order in which they apply: a minute is left out for the first that holds. */
export const fidelityLeftOut = {
  hole: { en: 'hole in the recorded arrivals', ko: '도착 기록이 빠진 구간' },
  'no-fleet': { en: 'fleet not recorded', ko: '인스턴스 수 기록 없음' },
  'earlier-setup': {
    en: 'before the policy, its alarm or the group was changed',
    ko: '정책·경보·그룹 설정이 바뀌기 전',
  },
  'manual-change': { en: 'changed by hand or on a schedule', ko: '사람이나 예약 작업이 용량을 바꿈' },
  'instance-failure': {
    en: 'a launch failed, or an instance was lost',
    ko: '인스턴스 시작이 실패했거나 인스턴스를 잃음',
  },
  'at-maximum': { en: 'both fleets held at the maximum', ko: '두 플릿 모두 최대치에 묶임' },
} as const satisfies Record<string, Message>;

export type FidelityLeftOut = keyof typeof fidelityLeftOut;
export const fidelityLeftOutIds = Object.keys(fidelityLeftOut) as FidelityLeftOut[];

/** The second line of every fidelity: what it would be with the delays that what-ifs assume (FID-11). */
export const fidelityAssumedDelays = {
  en: 'with the assumed launch and termination times, as what-ifs use them: equal minutes, precision / recall',
  ko: '가정한 시작·종료 시간(가상 비교에 쓰는 값)을 쓸 때: 같은 분의 비율, 정밀도 / 재현율',
} as const satisfies Message;

/** Minutes by reason, the most first; reasons that took none are absent. */
export function minutesByReason(
  leftOut: readonly { readonly fromMs: number; readonly toMs: number; readonly reason: FidelityLeftOut }[],
): { readonly reason: FidelityLeftOut; readonly minutes: number }[] {
  const minutes = new Map<FidelityLeftOut, number>();
  for (const { fromMs, toMs, reason } of leftOut)
    minutes.set(reason, (minutes.get(reason) ?? 0) + Math.round((toMs - fromMs) / 60_000));
  return [...minutes].map(([reason, count]) => ({ reason, minutes: count })).sort((a, b) => b.minutes - a.minutes);
}
