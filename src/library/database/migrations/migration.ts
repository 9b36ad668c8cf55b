/**
 * One step of the schema. A shipped migration is never edited, and none ever drops or renames, so that
 * a person's data survives every update.
 */
export interface Migration {
  /** The value of `PRAGMA user_version` once it is done; counts up from 1. */
  readonly version: number;
  readonly sql: string;
}
