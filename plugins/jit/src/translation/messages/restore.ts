/** Having a last copy back. */
export const restore = {
  button: 'Restore',
  buttonOf: 'Restore {{title}}',
  title: 'Restore {{title}}',
  text: 'A new lease gets what was closed, with all that is in it, for {{duration}}, and credentials of its own. The same rules decide about it as about any request.',
  reason: 'Reason',
  cancel: 'Cancel',
  confirm: 'Restore it',
  left: 'its last copy for {{duration}} more',
  offered: 'A last copy is kept for {{duration}} after its end',
  from: 'Restored from the last copy of an earlier lease',
} as const;
