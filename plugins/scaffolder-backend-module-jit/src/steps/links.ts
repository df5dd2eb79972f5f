/** Where a person sees a lease, follows it and ends it. */
export function leaseLink(appUrl: string, leaseId: string): string {
  const base = appUrl.replace(/\/+$/, '');
  return `${base}/just-in-time?lease=${encodeURIComponent(leaseId)}`;
}
