import { makeStyles } from '@material-ui/core/styles';
import Typography from '@material-ui/core/Typography';
import { ReactNode } from 'react';

const useStyles = makeStyles(theme => ({
  root: {
    padding: theme.spacing(4, 3),
    textAlign: 'center',
    border: `1px dashed ${theme.palette.divider}`,
    borderRadius: theme.shape.borderRadius,
    overflowWrap: 'anywhere',
  },
  text: { maxWidth: 560, margin: theme.spacing(1, 'auto', 2) },
}));

interface EmptyHintProps {
  title: string;
  /** How to fill it. */
  children: string;
  action?: ReactNode;
}

/** An empty list that says how it is filled. */
export const EmptyHint = ({ title, children, action }: EmptyHintProps) => {
  const classes = useStyles();
  return (
    <div className={classes.root}>
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
