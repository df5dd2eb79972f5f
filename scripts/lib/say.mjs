/** How often a step that takes long says that it is still at work. */
const REMIND_EVERY_MS = 15_000;

/** One line to whoever runs the script. */
export function say(line) {
  process.stdout.write(`${line}\n`);
}

/**
 * Runs `work`, and says what it is, that it goes on, and how long it took.
 *
 * @param talks - it has output of its own, which shows that it goes on
 */
export async function step(title, work, { talks = false } = {}) {
  const start = Date.now();
  say(`· ${title} …`);
  const reminder = setInterval(() => {
    if (!talks) {
      say(`  still at it: ${title}, ${elapsed(start)}`);
    }
  }, REMIND_EVERY_MS);
  try {
    const result = await work();
    say(`✓ ${title}: ${elapsed(start)}`);
    return result;
  } catch (error) {
    say(`✗ ${title}: ${elapsed(start)}`);
    throw error;
  } finally {
    clearInterval(reminder);
  }
}

export function elapsed(start) {
  const seconds = Math.round((Date.now() - start) / 1000);
  const minutes = Math.floor(seconds / 60);
  return minutes ? `${minutes} min ${seconds % 60} s` : `${seconds} s`;
}
