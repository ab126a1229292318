import type { Message } from './index.ts';

/** The state file of the emulator (`--state`): taken, foreign, of another version, damaged, of another cloud. */
export const emulatorStateMessages = {
  STATE_IN_USE: {
    en: '{file} is in use by another emulator (process {pid}). Stop that one, or name another file with --state. Is there none, delete {lock}.',
    ko: '{file|을/를} 다른 에뮬레이터(프로세스 {pid})가 쓰고 있습니다. 그쪽을 멈추거나 --state로 다른 파일을 지정하세요. 그런 프로세스가 없으면 {lock|을/를} 지우세요.',
  },
  STATE_FOREIGN: {
    en: '{file} is not a state file of the emulator. Name another file with --state; nothing was changed.',
    ko: '{file|은/는} 에뮬레이터 상태 파일이 아닙니다. --state로 다른 파일을 지정하세요. 바뀐 것은 없습니다.',
  },
  STATE_VERSION: {
    en: '{file} has version {found} of the state format, this Spillway reads version {known}. Use the Spillway that wrote it, or name another file with --state; nothing was changed.',
    ko: '{file|은/는} 상태 형식 버전 {found}입니다. 이 Spillway는 버전 {known|을/를} 읽습니다. 파일을 만든 Spillway를 쓰거나 --state로 다른 파일을 지정하세요. 바뀐 것은 없습니다.',
  },
  STATE_DAMAGED: {
    en: '{file} is damaged in line {line}, which begins at byte {byte}. Nothing was changed. What stands before that line is whole: to go on with it, copy the first {byte} bytes to a new file and name that with --state.',
    ko: '{file}의 {line}번째 줄({byte}바이트 위치부터)이 손상되었습니다. 바뀐 것은 없습니다. 그 앞은 온전합니다. 앞부분으로 이어 가려면 처음 {byte}바이트를 새 파일로 복사해 --state로 지정하세요.',
  },
  STATE_DIFFERS: {
    en: '{file} was begun with {what} {stored}, now it is {given}. Start with the same, or name another file with --state; nothing was changed.',
    ko: '{file|은/는} {what} {stored|으로/로} 시작한 파일인데 지금은 {given}입니다. 같은 값으로 시작하거나 --state로 다른 파일을 지정하세요. 바뀐 것은 없습니다.',
  },
} as const satisfies Record<string, Message>;
