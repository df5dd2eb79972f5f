import { withStyles } from '@material-ui/core/styles';
import Tab from '@material-ui/core/Tab';

/** A tab that can be read while the mouse is on it: the portal's own turns almost white there, in the dark theme too. */
export const ReadableTab = withStyles(theme => ({
  root: { '&:hover': { backgroundColor: theme.palette.action.hover } },
}))(Tab);
