const PLACE = '{ticket}';
const LONGEST_TICKET = 200;

/** What is wrong with the URL template of a ticket source, or undefined. The ticket is one whole segment of its path. */
export function ticketUrlProblem(template: string): string | undefined {
  const example = 'such as https://tickets.example.net/api/issues/{ticket}';
  const [before, after, more] = template.split(PLACE);
  if (after === undefined || more !== undefined) {
    return `must have {ticket} in it once, ${example}`;
  }
  const filled = `${before}x${after}`;
  if (!URL.canParse(filled)) {
    return `is not a URL ${example}`;
  }
  const url = new URL(filled);
  if (url.protocol !== 'https:') {
    return `must begin with https://, ${example}`;
  }
  if (url.username || url.password || url.hash) {
    return 'must have neither user, password nor fragment: secrets go into headers';
  }
  if (url.href !== filled) {
    return 'is not written as a browser would write it';
  }
  const isSegment = before.endsWith('/') && /^([/?]|$)/.test(after);
  if (!isSegment || !before.startsWith(`${url.origin}/`)) {
    return `must have {ticket} as one whole segment of its path, ${example}`;
  }
  return before.includes('?')
    ? `must have {ticket} in its path, ${example}`
    : undefined;
}

/**
 * The URL of one ticket: the id takes up one segment, whatever is in it.
 *
 * @returns undefined for an id that no segment can hold.
 */
export function ticketUrl(template: string, id: string): URL | undefined {
  // A URL has no way to write these two as a name.
  if (!id || id.length > LONGEST_TICKET || id === '.' || id === '..') {
    return undefined;
  }
  return new URL(template.replace(PLACE, () => encodeURIComponent(id)));
}
