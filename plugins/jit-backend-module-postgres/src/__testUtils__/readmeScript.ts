import { readFile } from 'node:fs/promises';
import { resolve } from 'node:path';

/** The very script that the README tells people to run, with other names: so that a test shows that exactly it suffices. */
export async function readmeScript(options: {
  begins: string;
  /** By the names that the README uses. */
  names: Record<string, string>;
}): Promise<string> {
  const readme = await readFile(resolve(__dirname, '../../README.md'), 'utf8');
  const start = readme.indexOf(`\`\`\`sql\n${options.begins}`);
  if (start < 0) {
    throw new Error(`The README has no script "${options.begins}"`);
  }
  const [, script] = /```sql\n(.*?)```/s.exec(readme.slice(start))!;
  const names = Object.keys(options.names).join('|');
  return script.replace(
    new RegExp(`\\b(${names})\\b`, 'g'),
    name => options.names[name],
  );
}
