import { Toast } from '@base-ui/react/toast';

/** `toasts.add({ title, description, type: 'success' | 'error' })`, also outside components. */
export const toasts = Toast.createToastManager();
