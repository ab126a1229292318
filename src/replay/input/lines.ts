/**
 * Lines out of chunks of text: a line may begin in one chunk and end in a later one.
 *
 * Keeps count of lines, of CRLF ends, of a byte order mark and of a missing last newline. Not here: what a line means.
 */
import { brokenFile } from './faults.ts';

export interface LineReader {
  readonly line: number;
  readonly crlf: number;
  readonly byteOrderMark: boolean;
  /** Known after `end`. */
  readonly noFinalNewline: boolean;
  push(chunk: string): void;
  end(): void;
}

/** @param onLine gets each line without its end, and its number from 1 */
export function lineReader(file: string, limit: number, onLine: (text: string, line: number) => void): LineReader {
  let rest = '';
  let started = false;
  const reader = {
    line: 0,
    crlf: 0,
    byteOrderMark: false,
    noFinalNewline: false,
    push(chunk: string): void {
      let text = rest === '' ? chunk : rest + chunk;
      if (!started && text !== '') {
        started = true;
        if (text.charCodeAt(0) === 0xfeff) {
          reader.byteOrderMark = true;
          text = text.slice(1);
        }
      }
      let from = 0;
      for (let at = text.indexOf('\n'); at >= 0; at = text.indexOf('\n', from)) {
        take(text, from, at);
        from = at + 1;
      }
      rest = text.slice(from);
      if (rest.length > limit) throw tooLong();
    },
    end(): void {
      if (rest === '') return;
      reader.noFinalNewline = true;
      take(rest, 0, rest.length);
      rest = '';
    },
  };
  function take(text: string, from: number, to: number): void {
    reader.line++;
    if (to - from > limit) throw tooLong();
    if (to > from && text.charCodeAt(to - 1) === 13) {
      reader.crlf++;
      onLine(text.slice(from, to - 1), reader.line);
    } else onLine(text.slice(from, to), reader.line);
  }
  const tooLong = () => brokenFile(file, reader.line, 'trace-line-too-long', { limit });
  return reader;
}
