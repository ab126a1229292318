import type { Message } from './index.ts';

/** Files and forms that a person wrote: scenarios, policies, recordings. */
export const inputMessages = {
  FILE_UNREADABLE: {
    en: 'Cannot read {file}: {detail}. Check the path, and that you may read it.',
    ko: '{file|을/를} 읽을 수 없습니다: {detail}. 경로와 읽기 권한을 확인하세요.',
  },
  FILE_FIELD_INVALID: {
    en: '{file}, line {line}: {field} is {found}, expected {expected}.',
    ko: '{file} {line}행: {field} 값이 {found}입니다. 필요한 값: {expected}.',
  },
  FILE_FIELD_MISSING: {
    en: '{file}, line {line}: {field} is missing. Add it: {expected}.',
    ko: '{file} {line}행: {field|이/가} 없습니다. 추가하세요: {expected}.',
  },
  FILE_FIELD_UNKNOWN: {
    en: '{file}, line {line}: {field} is not a field here. Fields: {expected}.',
    ko: '{file} {line}행: {field|은/는} 여기에 없는 항목입니다. 쓸 수 있는 항목: {expected}.',
  },
  FILE_FIELD_REFUSED: {
    en: '{file}, line {line}: {field}: {problem}.',
    ko: '{file} {line}행: {field} 항목을 고치세요: {problem}.',
  },
  FILE_SYNTAX: {
    en: '{file}, line {line}: {detail}.',
    ko: '{file} {line}행: {detail}.',
  },
  OPTION_INVALID: {
    en: '--{option} is "{found}", expected {expected}. Write it like this: --{option} {example}',
    ko: '--{option} 값이 "{found}"입니다. 필요한 값: {expected}. 이렇게 쓰세요: --{option} {example}',
  },
  OPTION_MISSING: {
    en: '--{option} is missing, expected {expected}. Add it like this: --{option} {example}',
    ko: '--{option|이/가} 없습니다. 필요한 값: {expected}. 이렇게 추가하세요: --{option} {example}',
  },
  STREAM_NOT_RECORDED: {
    en: 'No stream "{name}" was recorded here. Streams of this recording: {streams}. Give one of them with --stream, or another database with --db.',
    ko: '여기에 기록된 "{name}" 스트림이 없습니다. 이 기록의 스트림: {streams}. 그중 하나를 --stream으로, 또는 다른 데이터베이스를 --db로 지정하세요.',
  },
  RESHARD_OUTSIDE: {
    en: 'The change to {shards} shards at {at} lies outside the replayed range, {from} to {to}. Choose an instant inside it, or a longer range.',
    ko: '샤드를 {shards}개로 바꾸는 시각 {at|이/가} 리플레이 구간({from} ~ {to}) 밖에 있습니다. 구간 안의 시각을 고르거나 구간을 늘리세요.',
  },
  FILE_TOO_LARGE: {
    en: '{file} is {bytes} bytes, the limit is {limitBytes}. Cut it to the range you need.',
    ko: '{file|은/는} {bytes}바이트로, 한도 {limitBytes}바이트를 넘습니다. 필요한 구간만 잘라 쓰세요.',
  },
  TRACE_RANGE_EMPTY: {
    en: 'The chosen part of {file} holds no datapoint. The file goes from {from} to {to}: choose a range inside it.',
    ko: '{file}에서 고른 구간에 값이 없습니다. 파일의 범위는 {from}부터 {to}까지이니 그 안에서 고르세요.',
  },
  SHAPE_INVALID: {
    en: 'The shape\'s part "{part}" cannot be used: {problem}.',
    ko: '트래픽 모양의 "{part}" 부분을 쓸 수 없습니다: {problem}.',
  },
  TRACE_SPLICE_REFUSED: {
    en: '{file} cannot be spliced in: {problem}.',
    ko: '{file|을/를} 끼워 넣을 수 없습니다: {problem}.',
  },
  POLICY_INVALID: {
    en: 'The policy "{policy}" is refused: {field}: {problem}.',
    ko: '"{policy}" 정책을 쓸 수 없습니다. {field}: {problem}.',
  },
  REPLAY_NEEDS: {
    en: 'Cannot replay {resource}: {missing}. Type the value yourself, or choose a range that has it.',
    ko: '{resource|을/를} 리플레이할 수 없습니다: {missing}. 값을 직접 입력하거나, 값이 있는 구간을 고르세요.',
  },
} as const satisfies Record<string, Message>;
