"""Our own spine network: body, spine and back in one pass; how it is trained, made small and judged."""
