import { makeStyles } from '@material-ui/core/styles';
import Typography from '@material-ui/core/Typography';
import { ReactNode } from 'react';
import { Askable } from '../RequestDialog';

const useStyles = makeStyles(theme => ({
  root: {
    display: 'grid',
    gridTemplateColumns: 'minmax(0, 1fr) auto',
    gap: theme.spacing(1, 2),
    alignItems: 'center',
    padding: theme.spacing(1.5, 2.5),
    borderBottom: `1px solid ${theme.palette.divider}`,
    '&:last-child': { borderBottom: 0 },
    overflowWrap: 'anywhere',
    [theme.breakpoints.down('xs')]: {
      gridTemplateColumns: 'minmax(0, 1fr)',
    },
  },
  actions: { display: 'flex', flexWrap: 'wrap', gap: theme.spacing(1) },
  below: { gridColumn: '1 / -1' },
}));

interface OfferFrameProps {
  offer: Pick<Askable, 'title' | 'description'>;
  /** What is to be known before it is asked for. */
  words?: ReactNode;
  actions: ReactNode;
  /** What came of it, over the whole width. */
  children?: ReactNode;
}

/** How every offer is laid out: what it is, and beside it what can be done. */
export const OfferFrame = (props: OfferFrameProps) => {
  const { offer, words, actions, children } = props;
  const classes = useStyles();
  return (
    <li className={classes.root}>
      <div>
        <Typography variant="body1">
          <strong>{offer.title}</strong>
        </Typography>
        {offer.description && (
          <Typography variant="body2">{offer.description}</Typography>
        )}
        {words}
      </div>
      <div className={classes.actions}>{actions}</div>
      {children && <div className={classes.below}>{children}</div>}
    </li>
  );
};
