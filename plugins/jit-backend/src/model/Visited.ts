import { Configuration } from './Configuration';
import { encode } from './encode';
import { ModelState } from './ModelState';
import { isAtRest } from './stateInvariants';

/** All states found so far, by number in the order in which they were found. */
export class Visited {
  readonly keys: string[] = [];
  readonly resting: boolean[] = [];
  /** What comes after each in a calm world. */
  readonly calm: number[] = [];
  private readonly parents: number[] = [];
  private readonly numbers = new Map<string, number>();

  constructor(
    private readonly configuration: Configuration,
    private readonly limit: number,
  ) {}

  add(state: ModelState, parent: number): number {
    const key = encode(state, this.configuration);
    const known = this.numbers.get(key);
    if (known !== undefined) {
      return known;
    }
    const number = this.keys.length;
    if (number >= this.limit) {
      throw new Error(`There are more than ${this.limit} states`);
    }
    this.numbers.set(key, number);
    this.keys.push(key);
    this.parents.push(parent);
    this.resting.push(isAtRest(state));
    return number;
  }

  pathTo(number: number): number[] {
    const path: number[] = [];
    for (let at = number; at >= 0; at = this.parents[at]) {
      path.unshift(at);
    }
    return path;
  }
}
