import { InputError } from '@backstage/errors';
import { mkdir, rm, stat, writeFile } from 'node:fs/promises';
import { join } from 'node:path';

const NAME = /^[a-z][a-z0-9-]{0,39}$/;

/** Pages of the demonstration, a file each. They stand for whatever an organisation's templates make. */
export class DemoPages {
  constructor(private readonly directory: string) {}

  async publish(name: string, text: string): Promise<void> {
    const file = this.#fileOf(name);
    await mkdir(this.directory, { recursive: true });
    await writeFile(file, `<!doctype html>\n<p>${escaped(text)}</p>\n`);
  }

  /** One that is not there is removed, too. */
  async remove(name: string): Promise<void> {
    await rm(this.#fileOf(name), { force: true });
  }

  async isGone(name: string): Promise<boolean> {
    try {
      await stat(this.#fileOf(name));
      return false;
    } catch (error) {
      if ((error as NodeJS.ErrnoException).code === 'ENOENT') {
        return true;
      }
      throw error;
    }
  }

  #fileOf(name: string): string {
    if (!NAME.test(name)) {
      throw new InputError(
        'The name of a page is small letters, digits and dashes',
      );
    }
    return join(this.directory, `${name}.html`);
  }
}

function escaped(text: string): string {
  return text.replace(/[&<>]/g, each => `&#${each.charCodeAt(0)};`);
}
