import { fromCode } from './codes';

/** Takes the numbers of an encoded state one after the other. */
export class Reader {
  private place = 0;

  constructor(private readonly key: string) {}

  code() {
    return this.key.charCodeAt(this.place++);
  }

  time() {
    return fromCode(this.code());
  }

  /** So many numbers, as they are. */
  take(length: number) {
    this.place += length;
    return this.key.slice(this.place - length, this.place);
  }

  hasMore() {
    return this.place < this.key.length;
  }
}
