import { SelectPopup } from '../forms/select-popup.tsx';
import { ConfirmByTypingPopup } from './confirm-by-typing-popup.tsx';
import { ConfirmPopup } from './confirm-popup.tsx';
import { DialogPopup } from './dialog-popup.tsx';
import { DrawerPopup } from './drawer-popup.tsx';
import { MenuPopup, PopupChoice, PopupItem, PopupLink, PopupSeparator } from './menu-popup.tsx';
import { ToastList } from './toasts/toast-list.tsx';
import { TooltipPopup } from './tooltip-popup.tsx';

export const popups = {
  ConfirmByTypingPopup,
  ConfirmPopup,
  DialogPopup,
  DrawerPopup,
  MenuPopup,
  PopupChoice,
  PopupItem,
  PopupLink,
  PopupSeparator,
  SelectPopup,
  TooltipPopup,
  ToastList,
};
