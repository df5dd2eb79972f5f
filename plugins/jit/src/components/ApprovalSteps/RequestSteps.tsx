import { useRequest } from '../../hooks';
import { ApprovalSteps } from './ApprovalSteps';

/** The approval steps of a request, as soon as they are known. */
export const RequestSteps = ({ requestId }: { requestId: string }) => {
  const { value } = useRequest(requestId);
  return value ? <ApprovalSteps request={value.request} /> : null;
};
