import { makeStyles } from '@material-ui/core/styles';
import Typography from '@material-ui/core/Typography';
import { ReactNode } from 'react';

const useStyles = makeStyles(theme => ({
  root: {
    padding: theme.spacing(4, 3),
    textAlign: 'center',
    overflowWrap: 'anywhere',
  },
  framed: {
    border: `1px dashed ${theme.palette.divider}`,
    borderRadius: theme.shape.borderRadius,
  },
  text: { maxWidth: 560, margin: theme.spacing(1, 'auto', 2) },
}));

interface EmptyHintProps {
  title: string;
  /** How to fill it. */
  children: string;
  action?: ReactNode;
  /** Whether it has a frame of its own; not needed in a card. */
  framed?: boolean;
}

/** An empty list that says how it is filled. */
export const EmptyHint = ({
  title,
  children,
  action,
  framed,
}: EmptyHintProps) => {
  const classes = useStyles();
  return (
    <div className={`${classes.root} ${framed ? classes.framed : ''}`}>
      <Typography variant="h6" component="p">
        {title}
      </Typography>
      <Typography variant="body2" className={classes.text}>
        {children}
      </Typography>
      {action}
    </div>
  );
};
