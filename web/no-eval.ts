import { config } from 'zod/v4/core';

// Zod would try whether it may compile code, and the page's policy reports even a try that is caught.
config({ jitless: true });
