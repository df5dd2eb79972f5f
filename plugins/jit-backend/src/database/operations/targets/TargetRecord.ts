/** What can be leased by a profile on an entity, with who owns the entity. */
export interface TargetRecord {
  profileId: string;
  /** Normalised. */
  entityRef: string;
  /**
   * Users and groups, normalised; nobody where the profile does not take the word of the entity. Not given when they cannot be looked up:
   * whoever owned it before does so still.
   */
  owners?: string[];
}
