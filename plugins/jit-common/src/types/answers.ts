/**
 * An answer with the database's time at which it was given, ISO 8601.
 *
 * @public
 */
export type Answer<T extends object> = T & { now: string };

/** @public */
export interface Page<T> {
  items: T[];
  nextCursor?: string;
  /** The database's time at the answer, ISO 8601: what a browser counts down from. */
  now: string;
}

/**
 * Who calls.
 *
 * @public
 */
export interface Me {
  /** Not given for a token that stands for nobody. */
  userEntityRef?: string;
  /** Whether the caller may do what operators do. */
  operator: boolean;
}
