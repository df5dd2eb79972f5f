export interface Config {
  /** Of the demonstration only. */
  demo?: {
    /**
     * Whom the sign-in page offers.
     *
     * @deepVisibility frontend
     */
    people?: Array<{
      /** The entity ref of a User in the catalog. */
      ref: string;
      name: string;
      /** What they do, in a few words. */
      role: string;
      /** What the visitor may try as this person. */
      hint: string;
    }>;
    /** What the templates of the demonstration publish. */
    pages?: {
      /** An absolute path; made when it is not there. */
      directory: string;
    };
  };
}
