import { join } from 'node:path';
import { findComplaints } from '../accessibility.mjs';

const HEIGHT = 900;

const WIDE = 1400;
const NARROW = 800;

/** Each theme in each width. */
export const EVERY_LOOK = [
  { theme: 'light', width: WIDE },
  { theme: 'light', width: NARROW },
  { theme: 'dark', width: NARROW },
  { theme: 'dark', width: WIDE },
];

/** Both themes and both widths, each once. */
export const FEW_LOOKS = [
  { theme: 'light', width: WIDE },
  { theme: 'dark', width: NARROW },
];

/**
 * Opens a scene, takes a picture of it in each look, and finds out what is wrong with it.
 *
 * @returns what is wrong, a line each
 */
export async function lookAtScene({ page, url, scene, looks, folder }) {
  const problems = [];
  let openedIn;
  for (const { theme, width } of looks) {
    const title = `${scene.scenario}-${scene.name}-${theme}-${width}`;
    await page.emulateMedia({ colorScheme: theme, reducedMotion: 'reduce' });
    await page.setViewportSize({ width, height: HEIGHT });
    // Another theme draws the page afresh: what was opened on it is closed again.
    if (theme !== openedIn || scene.passes) {
      await open({ page, url, scene });
      openedIn = theme;
    }
    await settle(page);
    await page.screenshot({ path: join(folder, `${title}.png`) });
    const found = await findComplaints(page);
    if (await isWiderThanWindow(page)) {
      found.push('wider than the window');
    }
    problems.push(...found.map(each => `${title}: ${each}`));
  }
  return problems;
}

async function open({ page, url, scene }) {
  const at = new URL(scene.path, url);
  at.searchParams.set('scenario', scene.scenario);
  // A place of its own in between, or only the part behind the # would change.
  await page.goto('about:blank');
  await page.goto(at.href);
  await scene.until(page);
}

/** Until what moves has come to rest: a colour half-way between two themes is nobody's colour. */
async function settle(page) {
  await page.evaluate(async () => {
    const frame = () => new Promise(requestAnimationFrame);
    // So long after a resize Material UI draws the line under a tab anew.
    await new Promise(resolve => setTimeout(resolve, 200));
    await frame();
    await frame();
    const ends = document
      .getAnimations()
      .filter(each => each.effect?.getTiming().iterations !== Infinity)
      .map(each => each.finished.catch(() => undefined));
    await Promise.all(ends);
  });
}

function isWiderThanWindow(page) {
  return page.evaluate(() => {
    const { scrollWidth, clientWidth } = document.documentElement;
    return scrollWidth > clientWidth;
  });
}
