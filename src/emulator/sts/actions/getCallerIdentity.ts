import { partitionOf } from '../../../core/partitions.ts';
import { rootArn } from '../../arns.ts';
import { defineAction } from '../../service.ts';
import { structure, text } from '../../wire/shapes.ts';

/** Everybody is the root of the account their access key id names: nothing is verified here. */
export const getCallerIdentity = defineAction<
  null,
  Record<string, never>,
  { UserId: string; Account: string; Arn: string }
>({
  name: 'GetCallerIdentity',
  input: structure({}),
  output: structure({ UserId: text, Account: text, Arn: text }),
  run: (_state, _input, { accountId, region }) => ({
    UserId: accountId,
    Account: accountId,
    Arn: rootArn(partitionOf(region), accountId),
  }),
});
