/**
 * Where a person sees a lease, follows it and ends it.
 *
 * @param appUrl - `app.baseUrl`
 * @public
 */
export function leaseLink(appUrl: string, leaseId: string): string {
  const base = appUrl.replace(/\/+$/, '');
  return `${base}/just-in-time?lease=${encodeURIComponent(leaseId)}`;
}
