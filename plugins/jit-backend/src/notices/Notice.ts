/** A message for people, written with the transition it tells of and sent afterwards. */
export interface Notice {
  /** The same scope is told once. */
  scope: string;
  /** Entity refs; `operators` stands for those that config names, `owners` for those of the target. */
  to: string[] | 'operators' | 'owners';
  /** Who is not told, though in a group that is. */
  except?: string[];
  title: string;
  description?: string;
  severity: 'low' | 'normal' | 'high' | 'critical';
  /** Of the lease it is about, if it is about one. */
  leaseId?: string;
  /** What the link of the lease opens at once. */
  opens?: 'extend';
  /** The view that the link leads to; the reader's own leases when not given. */
  view?: 'approvals';
  /** The request whose broken glass it tells of: tried for as long as it takes. */
  breakGlassOf?: string;
  /** What the owners own. */
  target?: { profileId: string; entityRef: string };
}
