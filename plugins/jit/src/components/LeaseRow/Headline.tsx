import { Lease } from '@backstage-jit/plugin-jit-common';
import Typography from '@material-ui/core/Typography';
import { formatInstantFully } from '../../time';

interface HeadlineProps {
  lease: Lease;
  text: string;
  beside: string[];
}

/** The one line that says where a lease stands; the whole of its end on hover. */
export const Headline = ({ lease, text, beside }: HeadlineProps) => {
  const end = lease.verifiedAt ?? lease.expiresAt ?? lease.startsAt;
  return (
    <Typography
      variant="body2"
      title={end ? formatInstantFully(end) : undefined}
    >
      <strong>{text}</strong>
      {beside.map(each => ` · ${each}`)}
    </Typography>
  );
};
