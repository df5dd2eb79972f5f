import { Lease } from '@backstage-jit/plugin-jit-common';
import { makeStyles } from '@material-ui/core/styles';
import { LeaseEntries } from '../LeaseEntries';
import { LeaseRowProps } from '../LeaseRow';

const useStyles = makeStyles(theme => ({
  root: {
    listStyle: 'none',
    margin: 0,
    padding: 0,
  },
  framed: {
    border: `1px solid ${theme.palette.divider}`,
    borderRadius: theme.shape.borderRadius,
    backgroundColor: theme.palette.background.paper,
  },
}));

interface LeaseListProps extends Omit<LeaseRowProps, 'lease' | 'part'> {
  leases: Lease[];
  /** What the list is, for those who do not see its heading. */
  label: string;
  /** Whether it has a frame of its own; not needed in a card. */
  framed?: boolean;
}

export const LeaseList = ({
  leases,
  label,
  framed,
  ...row
}: LeaseListProps) => {
  const classes = useStyles();
  return (
    <ul
      className={`${classes.root} ${framed ? classes.framed : ''}`}
      aria-label={label}
    >
      <LeaseEntries leases={leases} {...row} />
    </ul>
  );
};
