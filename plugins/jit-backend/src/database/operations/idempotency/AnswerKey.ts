/** Names one call that a caller may repeat. */
export interface AnswerKey {
  caller: string;
  /** The method and the path. */
  call: string;
  key: string;
}
