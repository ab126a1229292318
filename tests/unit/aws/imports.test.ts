import { readdirSync, readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';

const folder = new URL('../../../src/aws/', import.meta.url);

describe('EL-32: no SDK module is loaded before it is needed', () => {
  it.each(readdirSync(folder).filter((name) => name.endsWith('.ts')))(
    '%s imports the SDK as types or when called',
    (name) => {
      const source = readFileSync(new URL(name, folder), 'utf8');
      const eager = source.match(/^(import(?! type)|export)[^;]*from '@(aws-sdk|smithy)\/[^']*'/gm) ?? [];
      expect(eager).toEqual([]);
    },
  );
});
