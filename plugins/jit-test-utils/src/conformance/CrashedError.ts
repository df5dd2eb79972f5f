/** What a provider would have answered if its process had not died. */
export class CrashedError extends Error {
  readonly answer: unknown;

  constructor(answer: unknown) {
    super('The process died before the answer was heard');
    this.name = 'CrashedError';
    this.answer = answer;
  }
}
