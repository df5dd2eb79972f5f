import { JitEngine } from '../engine/JitEngine';

/** An engine that does nothing but count: the tests write what it would have done. */
export class IdleEngine implements JitEngine {
  woken = 0;
  minted = 0;
  /** Replaced by tests. */
  beforeMint: () => Promise<void> = async () => {};

  wake(): void {
    this.woken += 1;
  }

  async mint(): ReturnType<JitEngine['mint']> {
    await this.beforeMint();
    this.minted += 1;
    return {
      forms: [
        { id: 'password', title: 'Password', value: `pw-${this.minted}` },
      ],
    };
  }
}
