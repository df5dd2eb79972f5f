/** A promise that a state or a step does not keep. */
export interface Broken {
  invariant: string;
  detail: string;
}
