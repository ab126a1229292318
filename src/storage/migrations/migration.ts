/** One numbered step of the schema. Steps are never edited after a release: a change is a new step. */
export interface Migration {
  /** 1, 2, 3 ...: the `user_version` that the file has afterwards. */
  readonly version: number;
  readonly name: string;
  readonly sql: string;
}
