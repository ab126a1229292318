/** AWS behind the engine; the only importer of the AWS SDK. */
export { createAwsConnection } from './connection.ts';
export type * from './interface.ts';
