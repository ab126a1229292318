"""M/M/c message by message in SimPy, the simulator most would reach for. Prints milliseconds of CPU, the mean wait and SimPy's version.

SimPy 3 or newer (the module simpy; Debian: python3-simpy3), or SimPy 2 (the module SimPy; Debian: python3-simpy); the same model in the words of each.

usage: messages.py MESSAGES LAMBDA MU SERVERS SEED
"""

import random
import sys
import time

MESSAGES, SERVERS, SEED = int(sys.argv[1]), int(sys.argv[4]), int(sys.argv[5])
ARRIVAL_RATE, SERVICE_RATE = float(sys.argv[2]), float(sys.argv[3])
chance = random.Random(SEED)
waited = [0.0]


def newer(simpy) -> None:
    world = simpy.Environment()
    consumers = simpy.Resource(world, capacity=SERVERS)

    def message():
        sent = world.now
        with consumers.request() as consumer:
            yield consumer
            waited[0] += world.now - sent
            yield world.timeout(chance.expovariate(SERVICE_RATE))

    def sender():
        for _ in range(MESSAGES):
            yield world.timeout(chance.expovariate(ARRIVAL_RATE))
            world.process(message())

    world.process(sender())
    world.run()


def older() -> None:
    from SimPy.Simulation import Process, Resource, Simulation, hold, release, request

    world = Simulation()
    world.initialize()
    consumers = Resource(capacity=SERVERS, sim=world)

    class Message(Process):
        def work(self):
            sent = world.now()
            yield request, self, consumers
            waited[0] += world.now() - sent
            yield hold, self, chance.expovariate(SERVICE_RATE)
            yield release, self, consumers

    class Sender(Process):
        def send(self):
            for _ in range(MESSAGES):
                yield hold, self, chance.expovariate(ARRIVAL_RATE)
                message = Message(sim=world)
                world.activate(message, message.work())

    sender = Sender(sim=world)
    world.activate(sender, sender.send())
    world.simulate(until=float("inf"))


try:
    import simpy
except ImportError:
    simpy = None

began = time.process_time()
newer(simpy) if simpy else older()
spent = (time.process_time() - began) * 1e3
if simpy is None:
    import SimPy
print(spent, waited[0] / MESSAGES, (simpy or SimPy).__version__)
