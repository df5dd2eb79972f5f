/** What every scenario is given. */
export interface BenchRun {
  /** Of the PostgreSQL. */
  server: string;
  /** How many of so many, at the size that was asked for. */
  sized(full: number): number;
}

/** Measures one thing. Its figures are kept under its own name. */
export type Scenario = (run: BenchRun) => Promise<object>;
