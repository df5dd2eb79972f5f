import { Lease } from '@backstage-jit/plugin-jit-common';
import { makeStyles } from '@material-ui/core/styles';
import { LeaseRow, LeaseRowProps } from '../LeaseRow';

const useStyles = makeStyles(theme => ({
  root: {
    listStyle: 'none',
    margin: 0,
    padding: 0,
    border: `1px solid ${theme.palette.divider}`,
    borderRadius: theme.shape.borderRadius,
    backgroundColor: theme.palette.background.paper,
  },
}));

interface LeaseListProps extends Omit<LeaseRowProps, 'lease'> {
  leases: Lease[];
  /** What the list is, for those who do not see its heading. */
  label: string;
}

export const LeaseList = ({ leases, label, ...row }: LeaseListProps) => {
  const classes = useStyles();
  return (
    <ul className={classes.root} aria-label={label}>
      {leases.map(lease => (
        <LeaseRow key={lease.id} lease={lease} {...row} />
      ))}
    </ul>
  );
};
