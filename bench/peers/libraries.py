"""Times the same work in the Python libraries that are installed; one JSON object on stdout, in ms. Fastest of several runs."""
import importlib.util
import json
import os
import sys
import time
import wave

STEPS, FEATURES, CLIPS = 300, 40, 32


def fastest(work, rounds=7):
    work()
    best = float("inf")
    for _ in range(rounds):
        start = time.perf_counter()
        work()
        best = min(best, time.perf_counter() - start)
    return best * 1000


def torch_times():
    import torch

    class Network(torch.nn.Module):
        def __init__(self):
            super().__init__()
            self.first = torch.nn.LSTM(FEATURES, 128, batch_first=True)
            self.second = torch.nn.LSTM(128, 64, batch_first=True)
            self.logits = torch.nn.Linear(64, 8)

        def forward(self, x):
            return self.logits(self.second(self.first(x)[0])[0].mean(1))

    network = Network()
    optimiser = torch.optim.Adam(network.parameters())
    clip = torch.randn(1, STEPS, FEATURES)
    batch = torch.randn(CLIPS, STEPS, FEATURES)
    labels = torch.randint(0, 8, (CLIPS,))

    def forward():
        with torch.no_grad():
            network(clip)

    def step():
        optimiser.zero_grad()
        torch.nn.functional.cross_entropy(network(batch), labels).backward()
        optimiser.step()

    return {"name": f"PyTorch {torch.__version__}", "forward": fastest(forward), "step": fastest(step)}


def keras_times():
    if importlib.util.find_spec("tensorflow") is None:
        os.environ.setdefault("KERAS_BACKEND", "torch")
    import keras
    import numpy

    network = keras.Sequential(
        [
            keras.Input((STEPS, FEATURES)),
            keras.layers.LSTM(128, return_sequences=True),
            keras.layers.LSTM(64),
            keras.layers.Dense(8),
        ]
    )
    loss = keras.losses.SparseCategoricalCrossentropy(from_logits=True)
    network.compile("adam", loss)
    clip = numpy.random.randn(1, STEPS, FEATURES).astype("float32")
    batch = numpy.random.randn(CLIPS, STEPS, FEATURES).astype("float32")
    labels = numpy.random.randint(0, 8, CLIPS)
    return {
        "name": f"Keras {keras.__version__} on {keras.backend.backend()}",
        "forward": fastest(lambda: network.predict_on_batch(clip)),
        "step": fastest(lambda: network.train_on_batch(batch, labels)),
    }


def librosa_times():
    import librosa
    import numpy

    with wave.open(sys.argv[1]) as file:
        samples = numpy.frombuffer(file.readframes(file.getnframes()), "<i2").astype("float32") / 32768
    settings = {"sr": 16000, "n_fft": 512, "hop_length": 160, "n_mels": 40, "n_mfcc": 13}
    return {"name": f"librosa {librosa.__version__}", "mfcc": fastest(lambda: librosa.feature.mfcc(y=samples, **settings))}


times = {}
for name, measure in [("torch", torch_times), ("keras", keras_times), ("librosa", librosa_times)]:
    try:
        times[name] = measure()
    except ImportError:
        times[name] = None
print(json.dumps(times))
