import type { Message } from './index.ts';

/** The database file: newer, locked, corrupt, full. */
export const storageMessages = {
  DATABASE_NEWER: {
    en: '{file} was written by a newer Spillway (schema {found}, this one knows {known}). Update Spillway, or open another file; nothing was changed.',
    ko: '{file|은/는} 더 새로운 Spillway가 만든 파일입니다(스키마 {found}, 현재 버전은 {known}까지). Spillway를 업데이트하거나 다른 파일을 여세요. 바뀐 것은 없습니다.',
  },
  DATABASE_LOCKED: {
    en: '{file} is in use by another Spillway. Close that one, or give another file with --db.',
    ko: '{file|을/를} 다른 Spillway가 쓰고 있습니다. 그쪽을 닫거나 --db로 다른 파일을 지정하세요.',
  },
  DATABASE_CORRUPT: {
    en: '{file} is damaged ({detail}). It was set aside as {setAside} and a new database was started; nothing was overwritten.',
    ko: '{file|이/가} 손상되었습니다({detail}). {setAside|으로/로} 옮겨 두고 새 데이터베이스를 시작했습니다. 덮어쓴 것은 없습니다.',
  },
  DATABASE_DAMAGED: {
    en: '{file} turned out to be damaged while in use ({detail}). Copy what you still need with an export, then start Spillway again: it sets the file aside and begins a new one.',
    ko: '사용 중이던 {file}의 손상이 발견되었습니다({detail}). 필요한 것을 내보낸 뒤 Spillway를 다시 시작하세요. 파일은 옮겨 두고 새로 시작합니다.',
  },
  DATABASE_FOREIGN: {
    en: '{file} is a SQLite database, but not a Spillway recording. Give another file with --db; nothing was changed.',
    ko: '{file|은/는} SQLite 데이터베이스이지만 Spillway 기록이 아닙니다. --db로 다른 파일을 지정하세요. 바뀐 것은 없습니다.',
  },
  DATABASE_MISSING: {
    en: 'There is no recording at {file}. Record one first (spillway record), or name another file with --db.',
    ko: '{file}에 기록이 없습니다. 먼저 기록하거나(spillway record) --db로 다른 파일을 지정하세요.',
  },
  DATABASE_UNOPENABLE: {
    en: 'Cannot open {file}: {detail}. Check that the folder exists and may be written.',
    ko: '{file|을/를} 열 수 없습니다: {detail}. 폴더가 있고 쓸 수 있는지 확인하세요.',
  },
  DISK_FULL: {
    en: 'The disk of {file} is full. Recording is paused; free some space and it resumes.',
    ko: '{file|이/가} 있는 디스크가 가득 찼습니다. 기록을 멈추었으며, 공간을 비우면 다시 시작합니다.',
  },
} as const satisfies Record<string, Message>;
