"""minsheng (民生): the news of China's local governments, measured."""

__version__ = "0.1.0"
